ALTER TABLE "room" ADD COLUMN "returning" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "room_removal" ADD COLUMN "until" bigint;--> statement-breakpoint
CREATE INDEX "room_removal_ends" ON "room_removal" USING btree ("room_id","until") WHERE until is not null;--> statement-breakpoint
UPDATE "room_update" SET "payload" = "payload" || '{"until": null}'::jsonb WHERE "kind" = 'person.removed';
