-- CreateTable
CREATE TABLE "journey_secrets" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "encrypted" BYTEA NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "journey_secrets_pkey" PRIMARY KEY ("id")
);

-- A secret has one current version.
CREATE UNIQUE INDEX "journey_secrets_current_idx" ON "journey_secrets"("name") WHERE "superseded_at" IS NULL;
