-- AlterTable
ALTER TABLE "order_lines" ALTER COLUMN "sku" DROP NOT NULL,
ALTER COLUMN "quantity" SET DATA TYPE DECIMAL;

-- Look-ups compare trimmed skus, as products have them; this is the white space that JavaScript's trim removes.
UPDATE "order_lines" SET "sku" = nullif(trimmed.sku, '')
FROM (
  SELECT "order_id", "position",
    btrim("sku", E' \t\n\u000b\u000c\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff') AS sku
  FROM "order_lines"
) trimmed
WHERE trimmed.order_id = "order_lines"."order_id" AND trimmed.position = "order_lines"."position"
  AND trimmed.sku <> "order_lines"."sku";
