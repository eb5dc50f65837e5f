#include "engine/base/sha256.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

// The examples of FIPS 180-2.
TEST(Sha256, KnowsItsExamples) {
  EXPECT_EQ(Sha256Of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, TakesBytesInPieces) {
  Sha256 hash;
  const std::string million(1000, 'a');
  for (int i = 0; i < 1000; ++i) hash.Add(million);
  EXPECT_EQ(hash.Take(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  hash.Add("ab");
  hash.Add("c");
  EXPECT_EQ(hash.Take(), Sha256Of("abc"));
}

TEST(Sha256, KnowsItsForm) {
  EXPECT_TRUE(IsSha256(Sha256Of("abc")));
  EXPECT_FALSE(IsSha256(Sha256Of("abc").substr(1)));
  EXPECT_FALSE(IsSha256(std::string(64, 'A')));
  EXPECT_FALSE(IsSha256(std::string(64, 'g')));
}

}  // namespace
}  // namespace steelyard
