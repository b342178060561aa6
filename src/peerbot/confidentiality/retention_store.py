"""What is kept of agreements and their texts, and the statements that end it."""

from typing import Final

from peerbot.confidentiality.rules import KEPT_AFTER_LEAVING, OLD_EDITION_KEPT, PROPOSAL_LASTS
from peerbot.engine.retention import Deletion, Item, Lasts

ITEMS: Final = (
    Item(
        "acceptance",
        Lasts("use", KEPT_AFTER_LEAVING),
        {"acceptance": "user_id person_hash"},
        ("kept-acceptance", "kept-acceptance-ended"),
        (Deletion("DELETE FROM acceptance WHERE withdrawn_at < :before RETURNING id", KEPT_AFTER_LEAVING),),
    ),
    Item(
        "wording",
        Lasts("use", OLD_EDITION_KEPT),
        {"wording": "lines"},
        (),
        (
            # The newest edition of each text stays, whether or not somebody accepted it, unless its group is gone.
            Deletion(
                """
                DELETE FROM wording
                WHERE (ended_at IS NOT NULL OR EXISTS (
                    SELECT 1 FROM wording AS later
                    WHERE later.server_id = wording.server_id AND later.text = wording.text
                      AND later.group_id = wording.group_id AND later.number > wording.number
                      AND later.since < :before))
                AND NOT EXISTS (
                    SELECT 1 FROM acceptance AS a
                    WHERE a.server_id = wording.server_id AND wording.number = CASE wording.text
                        WHEN 'agreement' THEN a.agreement_version
                        WHEN 'limits' THEN a.limits_version
                        WHEN 'server' THEN a.server_version
                        ELSE a.group_version END
                      AND (wording.text <> 'group' OR a.group_id = wording.group_id))
                RETURNING id
                """,
                OLD_EDITION_KEPT,
            ),
            Deletion(
                "DELETE FROM wording WHERE number IS NULL AND made_at < :before RETURNING id",
                PROPOSAL_LASTS,
            ),
        ),
    ),
)
