ALTER TABLE "room_invitee" ADD COLUMN "link_id" uuid;--> statement-breakpoint
ALTER TABLE "room_invitee" ADD COLUMN "standing_offer" boolean DEFAULT false NOT NULL;