-- AlterTable
ALTER TABLE "journey_sessions" ADD COLUMN     "id_token" TEXT;
