-- What happened through members of staff in a period: friends made and lost, messages, sales.

-- name: figures
SELECT
    staff,
    countIf(type = 'add_friend') AS new_friends,
    countIf(type = 'delete_friend' AND texts['by'] = 'staff') AS deleted_by_staff,
    countIf(type = 'delete_friend' AND texts['by'] NOT IN ('staff', 'transfer')) AS deleted_by_customer,
    uniqIf(customer, type = 'message') AS talked_with,
    countIf(type = 'pay') AS orders,
    sumIf(amount, type = 'pay') - sumIf(amount, type = 'refund') AS sales_fen
FROM events
WHERE workspace = {workspace:UInt32}
    AND type IN ('add_friend', 'delete_friend', 'message', 'pay', 'refund')
    AND ts >= {since:DateTime64(3, 'UTC')} AND ts < {until:DateTime64(3, 'UTC')}
    AND staff != 0
    AND (empty({staff:Array(UInt32)}) OR staff IN {staff:Array(UInt32)})
GROUP BY staff

-- name: losses
SELECT ts, customer, staff, texts['by']
FROM events
WHERE workspace = {workspace:UInt32}
    AND type = 'delete_friend' AND texts['by'] != 'transfer'
    AND ts >= {since:DateTime64(3, 'UTC')} AND ts < {until:DateTime64(3, 'UTC')}
    AND (empty({staff:Array(UInt32)}) OR staff IN {staff:Array(UInt32)})
ORDER BY ts DESC, id DESC
LIMIT {limit:UInt32}

-- name: said
SELECT ts, customer, staff, content
FROM events
WHERE workspace = {workspace:UInt32}
    AND type = 'message'
    AND ts >= {since:DateTime64(3, 'UTC')} AND ts < {until:DateTime64(3, 'UTC')}
    AND (empty({staff:Array(UInt32)}) OR staff IN {staff:Array(UInt32)})
    AND multiSearchAny(lowerUTF8(content), {words:Array(String)})
ORDER BY ts DESC, id DESC
LIMIT {limit:UInt32}
