/// @file
/// Model files made for a test. Their encodings are OpenSSL's own, not the program's.
#pragma once

#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/evp.h>

namespace tonecue::test {

/// The first line that fits `body`, and `body`.
inline std::string sealed(std::string_view body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  EVP_Digest(body.data(), body.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  std::string text = R"({"sha256":")";
  for (std::size_t i = 0; i < 32; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[hash[i] >> 4U];
    text += kDigits[hash[i] & 15U];
  }
  return text.append("\",\n").append(body);
}

/// `"name": {"shape": [...], "f32": "..."}`
inline std::string tensor(const std::string& name, const std::vector<int>& shape,
                          const std::vector<float>& values) {
  std::string sizes;
  for (const int size : shape) sizes += (sizes.empty() ? "" : ", ") + std::to_string(size);
  std::vector<unsigned char> bytes(values.size() * sizeof(float));
  std::memcpy(bytes.data(), values.data(), bytes.size());
  std::string base64((bytes.size() + 2) / 3 * 4 + 1, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), bytes.data(),
                  static_cast<int>(bytes.size()));
  base64.pop_back();
  std::string text = "\"";
  return text.append(name)
      .append(R"(": {"shape": [)")
      .append(sizes)
      .append(R"(], "f32": ")")
      .append(base64)
      .append("\"}");
}

/// A whole file of these tensors, and nothing else to speak of.
inline std::string model_of(const std::string& tensors) {
  return sealed(R"("schema": "tonecue.model/2", "name": "test", "about": "", "licence": "",
    "definitions": 1, "training": [], "scores": [], "strings": {}, "numbers": {}, "tensors": {)" +
                tensors + "}}");
}

/// A file with one of its parts replaced, and the first line that fits.
inline std::string edited(std::string_view file, std::string_view what, std::string_view instead) {
  std::string body(file.substr(file.find('\n') + 1));
  return sealed(
      body.replace(body.find(what), what.size(), instead));  // Throws when it is not there.
}

}  // namespace tonecue::test
