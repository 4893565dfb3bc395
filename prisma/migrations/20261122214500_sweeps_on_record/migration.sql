-- CreateTable
CREATE TABLE "journey_sweeps" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "swept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "steady_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_sweeps_pkey" PRIMARY KEY ("id")
);

-- One row, which is always there.
ALTER TABLE "journey_sweeps" ADD CONSTRAINT "journey_sweeps_one_row" CHECK ("id" = 1);
INSERT INTO "journey_sweeps" DEFAULT VALUES;
