CREATE TABLE "mixer_lease" (
	"room_id" uuid PRIMARY KEY NOT NULL,
	"mixer_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"claimed_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "speaking_interval" (
	"room_id" uuid NOT NULL,
	"participation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"organisation" text,
	"from" bigint NOT NULL,
	"to" bigint NOT NULL,
	CONSTRAINT "speaking_interval_participation_id_from_pk" PRIMARY KEY("participation_id","from")
);
--> statement-breakpoint
ALTER TABLE "mixer_lease" ADD CONSTRAINT "mixer_lease_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaking_interval" ADD CONSTRAINT "speaking_interval_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaking_interval" ADD CONSTRAINT "speaking_interval_participation_id_participation_id_fk" FOREIGN KEY ("participation_id") REFERENCES "public"."participation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "speaking_interval" ADD CONSTRAINT "speaking_interval_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "speaking_interval_room" ON "speaking_interval" USING btree ("room_id","to");