CREATE TABLE "stage_visit" (
	"room_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "stage_visit_room_id_account_id_pk" PRIMARY KEY("room_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "hand" ADD COLUMN "spoken_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "hand" ADD COLUMN "on_stage_before" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "hand_order" text DEFAULT 'first_come' NOT NULL;--> statement-breakpoint
ALTER TABLE "stage_visit" ADD CONSTRAINT "stage_visit_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_visit" ADD CONSTRAINT "stage_visit_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_update_calls" ON "room_update" USING btree ("room_id","seq") WHERE kind in ('hand.offered', 'hand_order.changed');