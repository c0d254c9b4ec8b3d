CREATE TABLE "room_invitee" (
	"room_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"by" uuid NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "room_invitee_room_id_account_id_pk" PRIMARY KEY("room_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "description" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "visibility" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "locked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "capacity" integer;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "stage_limit" integer DEFAULT 50 NOT NULL;--> statement-breakpoint
ALTER TABLE "room_invitee" ADD CONSTRAINT "room_invitee_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_invitee" ADD CONSTRAINT "room_invitee_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_invitee" ADD CONSTRAINT "room_invitee_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_invitee_account_id_index" ON "room_invitee" USING btree ("account_id");