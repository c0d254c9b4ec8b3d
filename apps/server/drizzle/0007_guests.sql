CREATE TABLE "guest" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"room_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_skeleton" text NOT NULL,
	"standing_offer" boolean NOT NULL,
	"device_hash" text,
	"network_hash" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guest_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"uses_left" integer,
	"expires_at" bigint,
	"created_by" uuid,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint,
	CONSTRAINT "guest_link_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "kind" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "guest" ADD CONSTRAINT "guest_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest" ADD CONSTRAINT "guest_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest" ADD CONSTRAINT "guest_link_id_guest_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."guest_link"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_link" ADD CONSTRAINT "guest_link_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guest_link" ADD CONSTRAINT "guest_link_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "guest_name" ON "guest" USING btree ("room_id","name_skeleton");--> statement-breakpoint
CREATE UNIQUE INDEX "guest_device" ON "guest" USING btree ("room_id","device_hash");--> statement-breakpoint
CREATE INDEX "guest_link_id_index" ON "guest" USING btree ("link_id");--> statement-breakpoint
CREATE INDEX "guest_link_room_id_index" ON "guest_link" USING btree ("room_id");