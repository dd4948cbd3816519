"""bills.json: bills in exact decimal arithmetic, from the price lists that `why` names. The file states the usage."""
import math
from decimal import Decimal

from common import finish, load

RESOLUTION, CONVERSATION = Decimal("0.99"), Decimal("0.80")


def two_prices(used):
    """A price for each resolution, or one for each conversation."""
    by_resolution = used["conversations"] * Decimal(used["rate"]) * Decimal(used.get("perResolution", RESOLUTION))
    by_conversation = used["conversations"] * Decimal(used.get("perConversation", CONVERSATION))
    gap = by_conversation - by_resolution
    return {
        "perResolutionMonth": by_resolution,
        "perConversationMonth": by_conversation,
        "difference" if "perResolution" in used else "differenceMonth": gap,
        "differenceYear": 12 * gap,
    }


def drift(used):
    rates = [Decimal("0.65") + month * Decimal("0.01") for month in range(used["months"])]
    by_resolution = sum(50_000 * rate * RESOLUTION for rate in rates)
    by_conversation = used["months"] * 50_000 * CONVERSATION
    return {
        "perResolutionYear": by_resolution,
        "perConversationYear": by_conversation,
        "differenceYear": by_conversation - by_resolution,
    }


def graduated(used):
    total, low = Decimal("0.00"), 0
    for to, price in used["tiers"]:
        total += max(0, min(used["quantity"], to) - low) * Decimal(price)
        low = to
    return {"total": total}


def minimum(used):
    return {"total": max(used["quantity"], used["minimumQuantity"]) * Decimal(used["price"])}


def zendesk_month(used):
    billable = max(0, used["quantity"] - used["agents"] * used["includedPerAgent"])
    over = max(0, billable - used["commitment"])
    return {"total": used["commitment"] * Decimal("1.50") + over * Decimal("2.00")}


def zendesk_seats(used):
    month = used["agents"] * (115 + 50)
    return {"month": month, "year": 12 * month}


def gorgias_pro(used):
    """Paid by the year: $300 with 2,000 tickets, $36 for each 100 more, and $0.90 for each ticket that the AI resolves."""
    base = 300 + used["automated"] * Decimal("0.90")
    over = max(0, used["tickets"] - 2_000)
    return {"blocks": base + math.ceil(over / 100) * Decimal("36.00"), "proRata": base + over * Decimal("0.36")}


def agentforce_conversations(used):
    return {"month": used["conversations"] * 2}


def agentforce_flex(used):
    credits = used["conversations"] * used["actions"] * 20
    return {"month": credits * 500 // 100_000}


def hubspot(used):
    """50 credits a resolution, and $10 for each 1,000 beyond the plan."""
    return {"month": math.ceil(max(0, used["resolutions"] * 50 - 5_000) / 1_000) * 10}


def freshworks(used):
    return {"new": math.ceil(used["sessions"] / 100) * 49, "old": math.ceil(used["sessions"] / 1_000) * 100}


def floor(used):
    billed = 12 * used["conversationsPerMonth"]
    return {"year": max(billed, 30_000), "trueUp": max(0, 30_000 - billed)}


def human_cancel(used):
    people = 50_000 * (1 - Decimal(used["rate"])) * Decimal(used["human"])
    return {
        "tcoPerResolution": 50_000 * Decimal(used["rate"]) * RESOLUTION + people,
        "tcoPerConversation": 50_000 * CONVERSATION + people,
    }


RULES = {
    "seed": two_prices,
    "drift": drift,
    "graduated": graduated,
    "minimum": minimum,
    "zendesk-month": zendesk_month,
    "zendesk-seats": zendesk_seats,
    "gorgias-pro": gorgias_pro,
    "agentforce-conversations": agentforce_conversations,
    "agentforce-flex": agentforce_flex,
    "hubspot": hubspot,
    "freshworks": freshworks,
    "floor": floor,
    "human-cancel": human_cancel,
}

data = load("bills.json")
worst = Decimal(0)
for bill in data:
    [rule] = [rule for name, rule in RULES.items() if bill["id"].startswith(name)]
    own = rule(bill["inputs"])
    assert sorted(own) == sorted(bill["answer"]), bill["id"]
    for part, amount in own.items():
        worst = max(worst, abs(Decimal(bill["answer"][part]) - amount))
        bill["answer"][part] = str(amount)
finish("bills.json", data, {"amounts": worst}, {"amounts": Decimal(0)})
