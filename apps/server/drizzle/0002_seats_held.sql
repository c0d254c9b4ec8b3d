UPDATE "room" SET "stage" = (
  SELECT coalesce(jsonb_agg('{"held": false, "silenced": false}'::jsonb || seat ORDER BY place), '[]'::jsonb)
  FROM jsonb_array_elements("stage") WITH ORDINALITY AS seats (seat, place)
) WHERE jsonb_array_length("stage") > 0;
