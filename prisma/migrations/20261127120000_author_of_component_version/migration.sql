-- AlterTable
ALTER TABLE "journey_component_versions" ADD COLUMN     "actor" TEXT;
