-- AlterTable
ALTER TABLE "journey_runs" ADD COLUMN     "traceparent" TEXT;
