// A table whose copies share pages: copying costs a pointer a page, writing copies the one page that is
// written.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <memory>
#include <vector>

namespace lathe::ir {

// One writer; any number of readers of other copies.
template <typename T, uint32_t PageSize = 256>
class PagedTable {
  public:
    uint32_t size() const { return m_size; }
    const T& operator[](uint32_t index) const {
        assert(index < m_size);
        return (*m_pages[index / PageSize])[index % PageSize];
    }
    T& write(uint32_t index) {
        assert(index < m_size);
        auto& page = m_pages[index / PageSize];
        if (page.use_count() > 1) page = std::make_shared<Page>(*page);
        return (*page)[index % PageSize];
    }
    uint32_t push(T item) {
        if (m_size % PageSize == 0) m_pages.push_back(std::make_shared<Page>());
        ++m_size;
        write(m_size - 1) = std::move(item);
        return m_size - 1;
    }

  private:
    using Page = std::array<T, PageSize>;
    std::vector<std::shared_ptr<Page>> m_pages;
    uint32_t m_size = 0;
};

}  // namespace lathe::ir
