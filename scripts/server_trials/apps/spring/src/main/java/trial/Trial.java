// A small server of Spring Boot; springdoc writes its document.
package trial;

import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;

@SpringBootApplication
public class Trial {
  public static void main(String[] arguments) {
    SpringApplication.run(Trial.class, arguments);
  }

  public enum Color { RED, BLUE }

  public record Owner(@NotNull String name, List<String> tags) {}

  public record Thing(
      @NotNull @Min(1) Integer count, @NotNull BigDecimal price, @NotNull OffsetDateTime made,
      LocalDate day, List<String> tags, @Valid Owner owner) {}

  public record Item(int id) {}

  public record Filter(Owner owner, List<Integer> ids) {}

  @Tag(name = "things")
  @RestController
  @RequestMapping("/things")
  public static class Things {
    @GetMapping
    public Page<Item> listThings(Pageable pageable) {
      List<Item> all = IntStream.range(0, 25).mapToObj(Item::new).toList();
      int start = (int) Math.min(pageable.getOffset(), all.size());
      int end = Math.min(start + pageable.getPageSize(), all.size());
      return new PageImpl<>(all.subList(start, end), pageable, all.size());
    }

    @GetMapping("/sorted")
    public String sortThings(Pageable pageable) {
      return pageable.getPageNumber() + " " + pageable.getPageSize() + " " + pageable.getSort();
    }

    @GetMapping("/filtered")
    public Map<String, Object> filterThings(Filter filter) {
      Map<String, Object> found = new TreeMap<>();
      found.put("ids", filter.ids());
      found.put("owner", filter.owner());
      return found;
    }

    @PostMapping
    public Thing createThing(@Valid @RequestBody Thing thing) { return thing; }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void deleteThing(@PathVariable int id) {
      if (id != 7) throw new IllegalArgumentException();
    }

    @GetMapping("/search")
    public Map<String, Object> search(
        @RequestParam(required = false) List<Integer> ids,
        @RequestParam(required = false) Color color,
        @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
        @RequestParam(defaultValue = "0") int least,
        @RequestHeader(name = "X-Trace", required = false) String trace,
        @CookieValue(name = "seen", required = false) String seen) {
      Map<String, Object> found = new TreeMap<>();
      found.put("ids", ids);
      found.put("color", color);
      found.put("day", day);
      found.put("least", least);
      found.put("trace", trace);
      found.put("seen", seen);
      return found;
    }
  }

  @Tag(name = "files")
  @RestController
  @RequestMapping("/files")
  public static class Files {
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    public Map<String, String> upload(
        @RequestPart("file") MultipartFile file, @RequestPart("owner") Owner owner)
        throws IOException {
      return Map.of(
          "name", file.getOriginalFilename(),
          "content", new String(file.getBytes()),
          "owner", owner.name());
    }

    @GetMapping(produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    public Resource read() { return new ByteArrayResource("content".getBytes()); }

    @PostMapping(path = "/note", consumes = MediaType.TEXT_PLAIN_VALUE, produces = MediaType.TEXT_PLAIN_VALUE)
    public String note(@RequestBody String note) { return note; }
  }
}
