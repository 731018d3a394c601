-- `/*changes*/` is the compiled statement `SELECT customer, at …` of the next possible change.

-- name: earliest
-- The compiled statement names the workspace.
SELECT customer, at FROM (/*changes*/) ORDER BY at, customer LIMIT {kept:UInt32}
