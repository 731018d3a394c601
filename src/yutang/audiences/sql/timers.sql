-- `/*outlook*/` is the compiled statement `SELECT audience, customer, inside, until …`; it names the workspace.

-- name: earliest
-- The compiled statement names the workspace.
SELECT audience, customer, assumeNotNull(until) AS due
FROM (/*outlook*/)
WHERE until IS NOT NULL AND until <= {horizon:DateTime64(3, 'UTC')}
ORDER BY audience, due, customer
LIMIT {kept:UInt32} BY audience
