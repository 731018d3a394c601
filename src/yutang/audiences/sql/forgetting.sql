-- name: forget_members
ALTER TABLE members DELETE
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}

-- name: forget_changes
ALTER TABLE member_changes DELETE
WHERE workspace = {workspace:UInt32} AND audience = {audience:UInt32}

-- name: forget_customer_members
ALTER TABLE members DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}

-- name: forget_customer_changes
ALTER TABLE member_changes DELETE
WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}

-- name: count_of_customers
SELECT
    (
        SELECT count() FROM members
        WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
    ) AS in_members,
    (
        SELECT count() FROM member_changes
        WHERE workspace = {workspace:UInt32} AND customer IN {customers:Array(UInt32)}
    ) AS in_changes
