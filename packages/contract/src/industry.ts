import { z } from 'zod';

/** Where people work: a list that stays the same on every server, so that people find each other by it. Ids stay. */
export const INDUSTRIES = [
  { id: 'agriculture', names: { en: 'Agriculture and food', it: 'Agricoltura e alimentare', zh: '农业与食品' } },
  { id: 'architecture', names: { en: 'Architecture', it: 'Architettura', zh: '建筑设计' } },
  { id: 'arts', names: { en: 'Arts and culture', it: 'Arte e cultura', zh: '文化艺术' } },
  { id: 'construction', names: { en: 'Construction and property', it: 'Edilizia e immobili', zh: '建筑与房地产' } },
  { id: 'consulting', names: { en: 'Consulting', it: 'Consulenza', zh: '咨询' } },
  { id: 'design', names: { en: 'Design', it: 'Design', zh: '设计' } },
  { id: 'education', names: { en: 'Education', it: 'Istruzione', zh: '教育' } },
  { id: 'energy', names: { en: 'Energy', it: 'Energia', zh: '能源' } },
  { id: 'environment', names: { en: 'Environment', it: 'Ambiente', zh: '环保' } },
  { id: 'finance', names: { en: 'Finance and insurance', it: 'Finanza e assicurazioni', zh: '金融与保险' } },
  { id: 'government', names: { en: 'Public administration', it: 'Pubblica amministrazione', zh: '公共管理' } },
  { id: 'health', names: { en: 'Health care', it: 'Sanità', zh: '医疗卫生' } },
  { id: 'hospitality', names: { en: 'Travel and hospitality', it: 'Turismo e ristorazione', zh: '旅游与餐饮' } },
  { id: 'law', names: { en: 'Law', it: 'Diritto', zh: '法律' } },
  { id: 'logistics', names: { en: 'Transport and logistics', it: 'Trasporti e logistica', zh: '运输与物流' } },
  { id: 'manufacturing', names: { en: 'Manufacturing', it: 'Industria', zh: '制造业' } },
  { id: 'marketing', names: { en: 'Marketing', it: 'Marketing e comunicazione', zh: '市场营销' } },
  { id: 'media', names: { en: 'Media and publishing', it: 'Media ed editoria', zh: '传媒与出版' } },
  { id: 'nonprofit', names: { en: 'Non-profit', it: 'Non profit', zh: '公益组织' } },
  { id: 'research', names: { en: 'Science and research', it: 'Scienza e ricerca', zh: '科学研究' } },
  { id: 'retail', names: { en: 'Retail', it: 'Commercio', zh: '零售' } },
  { id: 'sport', names: { en: 'Sport', it: 'Sport', zh: '体育' } },
  { id: 'technology', names: { en: 'Software and technology', it: 'Software e tecnologia', zh: '软件与科技' } },
] as const;

export const Industry = z.enum(INDUSTRIES.map(({ id }) => id));
export type Industry = z.infer<typeof Industry>;
