/** The topics that every server starts with. Ids are slugs and stay. */
export const seedTopics: readonly { id: string; names: { en: string; it: string; zh: string } }[] = [
  { id: 'technology', names: { en: 'Technology', it: 'Tecnologia', zh: '科技' } },
  { id: 'design', names: { en: 'Design', it: 'Design', zh: '设计' } },
  { id: 'health', names: { en: 'Health', it: 'Salute', zh: '健康' } },
  { id: 'music', names: { en: 'Music', it: 'Musica', zh: '音乐' } },
  { id: 'science', names: { en: 'Science', it: 'Scienza', zh: '科学' } },
  { id: 'business', names: { en: 'Business', it: 'Economia e lavoro', zh: '商业' } },
  { id: 'books', names: { en: 'Books', it: 'Libri', zh: '读书' } },
  { id: 'film', names: { en: 'Film', it: 'Cinema', zh: '电影' } },
  { id: 'food', names: { en: 'Food', it: 'Cucina', zh: '美食' } },
  { id: 'city', names: { en: 'City', it: 'Città', zh: '城市' } },
  { id: 'law', names: { en: 'Law', it: 'Diritto', zh: '法律' } },
  { id: 'education', names: { en: 'Education', it: 'Scuola', zh: '教育' } },
  { id: 'languages', names: { en: 'Languages', it: 'Lingue', zh: '语言' } },
  { id: 'sport', names: { en: 'Sport', it: 'Sport', zh: '体育' } },
  { id: 'startups', names: { en: 'Startups', it: 'Startup', zh: '创业' } },
  { id: 'journalism', names: { en: 'Journalism', it: 'Giornalismo', zh: '新闻' } },
];
