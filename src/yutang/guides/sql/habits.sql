-- What some people bought, wanted and complained about. `timeline` is ordered by origin: a merged customer is
-- read as the few origins she consists of.

-- name: habits
SELECT
    transform(origin, {origins:Array(UInt32)}, {customers:Array(UInt32)}, origin) AS customer,
    arraySort(groupUniqArrayIf(toDate(ts, {zone:String}), type IN ('pay', 'order'))) AS dates,
    countIf(type = 'pay') AS paid,
    countIf(type = 'order') AS ordered,
    sumIf(amount, type = 'pay') AS paid_fen,
    sumIf(amount, type = 'order') AS ordered_fen,
    sumIf(amount, type = 'refund') AS refunded_fen,
    maxIf(ts, type IN ('pay', 'order')) AS bought_at,
    maxIf(ts, type = 'complaint') AS complained_at,
    arraySort(groupArrayIf(200)(
        (ts, toString(type), content),
        type IN ('cart', 'favorite', 'unfavorite', 'pay', 'order') AND ts > {lately:DateTime64(3, 'UTC')}
    )) AS moves
FROM timeline
WHERE workspace = {workspace:UInt32}
    AND origin IN {origins:Array(UInt32)}
    AND ts > {after:DateTime64(3, 'UTC')} AND ts <= {upto:DateTime64(3, 'UTC')}
    AND type IN ('pay', 'order', 'refund', 'complaint', 'cart', 'favorite', 'unfavorite')
GROUP BY customer
SETTINGS max_threads = 1
