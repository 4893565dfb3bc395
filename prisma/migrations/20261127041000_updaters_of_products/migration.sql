-- A product names the principal that saved it last; '' where that is unknown.
ALTER TABLE "products" ADD COLUMN "updated_by" TEXT NOT NULL DEFAULT '';
