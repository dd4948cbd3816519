// Every tool by its name, in the order in which a conversation asks them.
import { explainOfferTool, listOffersTool, planGuideTool } from './catalog.ts'
import { compareOffersTool, runPlanTool, setBudgetTool } from './compare.ts'
import { findBreakEvenTool, findFairPriceTool } from './negotiate.ts'
import { billOfferTool, checkPlanTool, fitHistoryTool } from './read.ts'
import type { Tool } from './tool.ts'

export const TOOLS: Readonly<Record<string, Tool>> = {
  plan_guide: planGuideTool,
  list_offers: listOffersTool,
  explain_offer: explainOfferTool,
  fit_history: fitHistoryTool,
  check_plan: checkPlanTool,
  run_plan: runPlanTool,
  compare_offers: compareOffersTool,
  set_budget: setBudgetTool,
  find_break_even: findBreakEvenTool,
  find_fair_price: findFairPriceTool,
  bill_offer: billOfferTool,
}
