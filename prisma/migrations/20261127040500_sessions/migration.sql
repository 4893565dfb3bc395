-- CreateTable
CREATE TABLE "journey_sessions" (
    "id" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "principal_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "journey_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_signing_keys" (
    "id" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "journey_sessions_principal_id_idx" ON "journey_sessions"("principal_id");

-- CreateIndex
CREATE INDEX "journey_sessions_expires_at_idx" ON "journey_sessions"("expires_at");
