-- Who is chosen, and who came and went, page by page.

-- name: page
-- The condition names the workspace.
SELECT customer FROM (/*condition*/)
WHERE customer > {after:UInt32}
ORDER BY customer
LIMIT {limit:UInt32}

-- name: moves
SELECT version, customer, step, at
FROM member_changes
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}
    AND (version, customer) > ({version:UInt64}, {customer:UInt32}) AND version <= {upto:UInt64}
ORDER BY version, customer
LIMIT {limit:UInt32}
