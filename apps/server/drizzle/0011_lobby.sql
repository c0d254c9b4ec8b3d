CREATE TABLE "knock" (
	"room_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	"answered_at" bigint,
	CONSTRAINT "knock_room_id_account_id_pk" PRIMARY KEY("room_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "lobby" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "speaker_links_pass_lobby" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "room" ADD COLUMN "ledger" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "room_invitee" ADD COLUMN "expected" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "knock" ADD CONSTRAINT "knock_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "knock" ADD CONSTRAINT "knock_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "knock_waiting" ON "knock" USING btree ("room_id","at") WHERE state = 'waiting';