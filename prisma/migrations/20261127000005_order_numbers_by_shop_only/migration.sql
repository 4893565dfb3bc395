-- The index by number and shop serves in its place.
DROP INDEX CONCURRENTLY "orders_number_key";
