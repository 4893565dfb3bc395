-- AlterTable
ALTER TABLE "journey_principals" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;
