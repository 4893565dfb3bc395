-- CreateEnum
CREATE TYPE "journey_principal_kind" AS ENUM ('SERVICE', 'PERSON');

-- CreateTable
CREATE TABLE "journey_principals" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "journey_principal_kind" NOT NULL,
    "grants" TEXT[],
    "all_channels" BOOLEAN NOT NULL DEFAULT true,
    "channels" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL DEFAULT '',
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "journey_principals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journey_api_keys" (
    "id" TEXT NOT NULL,
    "principal_id" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL DEFAULT '',
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "journey_api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "journey_principals_created_at_id_idx" ON "journey_principals"("created_at", "id");

-- CreateIndex
CREATE INDEX "journey_api_keys_principal_id_idx" ON "journey_api_keys"("principal_id");

-- AddForeignKey
ALTER TABLE "journey_api_keys" ADD CONSTRAINT "journey_api_keys_principal_id_fkey" FOREIGN KEY ("principal_id") REFERENCES "journey_principals"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
