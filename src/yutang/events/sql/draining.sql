-- What a batch that was begun by somebody else has already brought into the warehouse.

-- name: in_events
SELECT id FROM events
WHERE workspace = {workspace:UInt32}
  AND type IN {types:Array(String)}
  AND ts BETWEEN {oldest:DateTime64(3, 'UTC')} AND {newest:DateTime64(3, 'UTC')}
  AND id IN {ids:Array(UUID)}

-- name: in_timeline
SELECT id FROM timeline
WHERE workspace = {workspace:UInt32}
  AND origin IN {origins:Array(UInt32)}
  AND ts BETWEEN {oldest:DateTime64(3, 'UTC')} AND {newest:DateTime64(3, 'UTC')}
  AND id IN {ids:Array(UUID)}

-- name: take_out_of_events
ALTER TABLE events DELETE
WHERE workspace = {workspace:UInt32}
  AND ts BETWEEN {oldest:DateTime64(3, 'UTC')} AND {newest:DateTime64(3, 'UTC')}
  AND id IN {ids:Array(UUID)}

-- name: take_out_of_timeline
ALTER TABLE timeline DELETE
WHERE workspace = {workspace:UInt32}
  AND ts BETWEEN {oldest:DateTime64(3, 'UTC')} AND {newest:DateTime64(3, 'UTC')}
  AND id IN {ids:Array(UUID)}
