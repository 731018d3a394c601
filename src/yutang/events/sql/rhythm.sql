-- How often people do something. `timeline` is ordered by origin: a merged customer is read as the few origins
-- she consists of.

-- name: rhythms
-- The median of the days between one day with such an event and the next; of those who have two such gaps.
SELECT customer, toUInt32(round(arrayElement(gaps, intDiv(length(gaps) + 1, 2)))) AS days
FROM (
    SELECT
        transform(origin, {origins:Array(UInt32)}, {customers:Array(UInt32)}, origin) AS customer,
        arraySort(groupUniqArray(toInt32(toDate(ts, {zone:String})))) AS dates,
        arraySort(arrayPopFront(arrayDifference(dates))) AS gaps
    FROM timeline
    WHERE workspace = {workspace:UInt32}
      AND origin IN {origins:Array(UInt32)}
      AND ts > {after:DateTime64(3, 'UTC')} AND ts <= {upto:DateTime64(3, 'UTC')}
      AND type IN {types:Array(String)}
    GROUP BY customer
)
WHERE length(gaps) >= 2
SETTINGS max_threads = 1
