import { INDUSTRIES, SPOKEN_LANGUAGES } from '@salotto/contract';
import { searchTerms } from '../search/terms.ts';
import { seedTopics } from '../topic/seed-topics.ts';

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const signs = (text: string): string[] => [...text.replace(/\s/g, '')];

/** The most frequent first. */
export const GIVEN = words(
  'Maria Anna Marco Giulia Andrea Luca Francesca Paolo Sara Chiara Matteo Elena Davide Laura Stefano Martina Alessandro Giorgia Simone Federica James Mary John Patricia Robert Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Daniel Emma Sophie Lukas Hannah Felix Lea Jonas Mia Paul Zoë Piotr Katarzyna Jan Magdalena Tomasz Agnieszka Amina Kofi Ngozi Chidi Yara Omar Leila Hassan Priya Arjun Ananya Rohan Sofía José Lucía Mateo Valentina Ángel Camila Søren Ingrid Astrid Björn',
);
export const SURNAMES = words(
  'Rossi Ferrari Russo Bianchi Romano Gallo Costa Fontana Conti Esposito Ricci Bruno Moretti Barbieri Lombardi Giordano Smith Johnson Williams Brown Jones Garcia Miller Davis Rodríguez Martínez Hernández López González Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Nowak Kowalski Wiśniewski Wójcik Okafor Mensah Diallo Traoré Khan Patel Singh Sharma Kim Park Nguyen Tran Silva Santos Oliveira Sørensen Hansen Johansson Lindqvist Dubois Lefebvre Moreau Laurent O’Neill Murphy Kelly',
);
export const HAN_SURNAMES = signs(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
);
export const HAN_GIVEN = [
  ...signs('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建文斌波辉玲'),
  ...words(
    '小明 小红 志强 建国 秀英 秀兰 桂英 婷婷 国强 海燕 文静 子轩 雨涵 浩然 欣怡 梓涵 思远 佳琪 一鸣 晓东 晓燕 春梅 国华 永强 俊杰 雪梅 天宇 嘉怡',
  ),
];
const TITLES = words(
  'Editor Cardiologist Architect Teacher Engineer Lawyer Nurse Producer Designer Researcher Analyst Curator',
);
const PLACES = words(
  'Milano London Berlin Shanghai Warsaw Lagos Lisbon Oslo Delhi Boston Torino Hangzhou Genova Leeds Nantes',
);
const KINDS = words(
  'Hospital University Radio Studio Library Institute Bank Press Museum Laboratory Theatre Foundation',
);

/** What people say of themselves beside their names, with the terms that it gives. */
export function circumstances(count: number) {
  const pick = <Value>(list: readonly Value[], n: number): Value => list[n % list.length] as Value;
  return Array.from({ length: count }, (_, n) => {
    const about = {
      jobTitle: pick(TITLES, n),
      organisation: `${pick(PLACES, Math.floor(n / 3))} ${pick(KINDS, Math.floor(n / 7))} ${Math.floor(n / 40)}`,
      industry: pick(INDUSTRIES, n * 5).id,
      languages: [pick(SPOKEN_LANGUAGES, n), 'en' as const],
    };
    const topics = [pick(seedTopics, n), pick(seedTopics, n * 3 + 1)];
    const terms = searchTerms({ ...about, topics, handle: '', name: '', headline: null, domain: null });
    return { ...about, topics: topics.map(({ id }) => id), terms };
  });
}
