import type { Text } from "../schema/text.ts";

// Names of runs that are easy to remember and to say: "brisk heron". A run keeps a number; the words are told from it, so
// that the same run has a name in every language.

const FIRST = pairs(`
  amber 琥珀 ample 丰盈 azure 蔚蓝 bold 果敢 bright 明亮 brisk 轻快 calm 平静 candid 率真 clear 清澈 clever 聪慧
  cosy 温馨 crisp 清脆 curious 好奇 daring 勇敢 deft 灵巧 dewy 含露 eager 热切 early 初生 fabled 传奇 fair 晴朗
  fleet 疾行 fond 深情 frosty 凝霜 gentle 温柔 gilded 鎏金 glad 欣喜 golden 金色 grand 宏伟 hardy 坚韧 hidden 隐秘
  humble 谦逊 ivory 象牙 jolly 欢乐 keen 敏锐 kind 善良 lively 活泼 lofty 高远 lucid 明澈 lucky 幸运 mellow 醇和
  merry 快活 mild 和煦 misty 薄雾 nimble 敏捷 noble 高贵 patient 耐心 playful 顽皮 proud 骄傲 quiet 安静 rapid 迅捷
  russet 赤褐 serene 宁静 silver 银色 sleek 光润 steady 稳健 sunny 暖阳 tidy 整洁 vivid 鲜活 witty 机智 young 年少
`);

const SECOND = pairs(`
  acorn 橡果 alder 桤木 badger 獾 beacon 灯塔 birch 白桦 brook 小溪 canyon 峡谷 cedar 雪松 cloud 云朵 clover 三叶草
  comet 彗星 coral 珊瑚 crane 白鹤 dawn 晨曦 delta 河洲 dolphin 海豚 dune 沙丘 eagle 雄鹰 ember 余烬 falcon 游隼
  fern 蕨草 finch 燕雀 fjord 峡湾 fox 狐狸 frost 霜花 garnet 石榴石 glacier 冰川 harbor 港湾 hare 野兔 harvest 秋收
  heron 苍鹭 island 海岛 jasmine 茉莉 juniper 刺柏 kestrel 红隼 lagoon 潟湖 lantern 灯笼 lark 云雀 lotus 莲花
  lynx 猞猁 maple 枫树 meadow 草甸 meteor 流星 moss 青苔 orchid 兰花 otter 水獭 owl 猫头鹰 panda 熊猫 pebble 卵石
  pine 青松 raven 渡鸦 reef 礁石 river 长河 robin 知更鸟 sparrow 麻雀 summit 山巅 swan 天鹅 tiger 老虎 willow 垂柳
  wren 鹪鹩
`);

/** The name of a number from 0 on; after the last name the first comes again. */
export function nameOf(number: number): Text {
  const first = FIRST[Math.floor(number / SECOND.length) % FIRST.length] as Text;
  const second = SECOND[number % SECOND.length] as Text;
  return { en: `${first.en} ${second.en}`, zh: first.zh + second.zh };
}

function pairs(words: string): Text[] {
  return [...words.matchAll(/(\S+) (\S+)/g)].map(([, en, zh]) => ({ en, zh }) as Text);
}
