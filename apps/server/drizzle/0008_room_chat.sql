CREATE TABLE "room_chat" (
	"room_id" uuid PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"open" boolean NOT NULL,
	"slow_mode_seconds" integer NOT NULL,
	"settings_seq" integer NOT NULL,
	"pinned_link_id" uuid,
	"pinned_seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_link" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" uuid NOT NULL,
	"url" text NOT NULL,
	"title" text,
	"page_title" text,
	"description" text,
	"picture" text,
	"pinned_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_message" (
	"room_id" uuid NOT NULL,
	"id" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"participation_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"text" text NOT NULL,
	"reply_to" integer,
	"key" text NOT NULL,
	"deleted" text,
	"changed_seq" integer NOT NULL,
	CONSTRAINT "room_message_room_id_id_pk" PRIMARY KEY("room_id","id")
);
--> statement-breakpoint
CREATE TABLE "room_read" (
	"room_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"message_id" integer NOT NULL,
	CONSTRAINT "room_read_room_id_account_id_pk" PRIMARY KEY("room_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "room_chat" ADD CONSTRAINT "room_chat_room_id_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_link" ADD CONSTRAINT "room_link_room_id_room_chat_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room_chat"("room_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_message" ADD CONSTRAINT "room_message_room_id_room_chat_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room_chat"("room_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_message" ADD CONSTRAINT "room_message_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_read" ADD CONSTRAINT "room_read_room_id_room_chat_room_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."room_chat"("room_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_read" ADD CONSTRAINT "room_read_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "room_link_room_id_index" ON "room_link" USING btree ("room_id");--> statement-breakpoint
CREATE UNIQUE INDEX "room_message_key" ON "room_message" USING btree ("room_id","account_id","key");--> statement-breakpoint
CREATE INDEX "room_message_changed" ON "room_message" USING btree ("room_id","changed_seq");--> statement-breakpoint
CREATE INDEX "room_message_account" ON "room_message" USING btree ("account_id","room_id","at");