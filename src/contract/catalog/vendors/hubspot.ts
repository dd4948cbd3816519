// HubSpot sells plans with credits.
import { cited, pricePage, type Vendor } from '../entry.ts'

const hubspotPage = pricePage('HubSpot')
const hubspotPlan = (plan: string, included: number) => ({
  title: `HubSpot ${plan}`,
  offer: {
    charges: [
      {
        id: 'credits',
        credits: { resolutions: cited(50, hubspotPage, '$0.50 a resolved conversation') },
        package: cited(1000, hubspotPage),
        price: cited('$10', hubspotPage),
        included: cited(`${included}/month`, hubspotPage, 'unused credits expire'),
      },
    ],
  },
})

export const hubspot: Vendor = {
  vendor: 'HubSpot',
  order: 60,
  offers: {
    'hubspot-starter': hubspotPlan('Starter', 500),
    'hubspot-professional': hubspotPlan('Professional', 3000),
    'hubspot-enterprise': hubspotPlan('Enterprise', 5000),
  },
}
