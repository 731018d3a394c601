-- What happened, column by column, for those who compute with millions of events.

-- name: past
-- `kind` is the place of the type among those asked for.
SELECT
    toUInt8(indexOf({types:Array(String)}, type) - 1) AS kind,
    toUnixTimestamp64Milli(ts) AS at,
    /*customer*/customer/**/ AS customer,
    `group`,
    staff/*properties*/
FROM events
WHERE workspace = {workspace:UInt32} AND type IN {types:Array(String)}
    AND ts > {after:DateTime64(3, 'UTC')} AND ts <= {upto:DateTime64(3, 'UTC')}/*only*/

-- name: counted
SELECT count() FROM events
WHERE workspace = {workspace:UInt32} AND type IN {types:Array(String)}
    AND ts > {after:DateTime64(3, 'UTC')} AND ts <= {upto:DateTime64(3, 'UTC')}
