// Where the bytes of a tensor are kept: in a source model, in the workspace by SHA-256, or, when short, in
// the reference itself. A reference is JSON: the type, the shape, and one of
//   "source": id of the value that holds these bytes in the source model
//   "content": SHA-256          "bytes": hexadecimal          "texts": list of strings
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <unordered_map>

#include "engine/base/progress.h"
#include "engine/ir/graph.h"
#include "engine/project/database.h"

namespace lathe::project {

// Content by SHA-256 in a workspace file. Used by one thread.
class ContentStore {
  public:
    explicit ContentStore(Database& database) : m_database(database) {}
    // Stored once, however often it is put.
    base::Result<std::string> put(std::span<const std::byte> bytes);
    // The bytes, checked against their name.
    base::Result<std::shared_ptr<const std::vector<std::byte>>> get(const std::string& sha256);

  private:
    Database& m_database;
    std::set<std::string, std::less<>> m_stored;
    std::map<std::string, std::weak_ptr<const std::vector<std::byte>>, std::less<>> m_loaded;
};

class WeightWriter {
  public:
    // `source` is the graph as its file gives it, or null when there is no file to refer to.
    WeightWriter(ContentStore& contents, const ir::Graph* source);
    base::Result<nlohmann::json> store(const tensor::Tensor& tensor);

  private:
    ContentStore& m_contents;
    std::unordered_map<const std::byte*, std::pair<ir::ValueId, size_t>> m_inSource;
};

class WeightReader {
  public:
    WeightReader(ContentStore& contents, const ir::Graph* source) : m_contents(contents), m_source(source) {}
    base::Result<tensor::Tensor> find(const nlohmann::json& reference);

  private:
    ContentStore& m_contents;
    const ir::Graph* m_source;
};

}  // namespace lathe::project
