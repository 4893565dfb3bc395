-- CreateTable
CREATE TABLE "journey_saved_views" (
    "id" UUID NOT NULL,
    "owner" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "journey_saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "journey_saved_views_owner_page_name_key" ON "journey_saved_views"("owner", "page", "name");

-- CreateIndex
CREATE INDEX "journey_saved_views_is_shared_page_idx" ON "journey_saved_views"("is_shared", "page");
