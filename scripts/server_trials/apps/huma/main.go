// A small server of huma, which validates every request against its document.
package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/danielgtaylor/huma/v2/sse"
)

type Owner struct {
	Name string `json:"name"`
}

type Thing struct {
	Count int       `json:"count" minimum:"1"`
	Price float64   `json:"price"`
	Made  time.Time `json:"made"`
	Tags  []string  `json:"tags"`
	Owner *Owner    `json:"owner,omitempty"`
}

type ThingMessage struct{ Body Thing }

type PageQuery struct {
	Limit  int `query:"limit" default:"10"`
	Offset int `query:"offset" default:"0"`
}

type Page struct {
	Body struct {
		Items []int `json:"items" nullable:"false"`
		Total int   `json:"total"`
	}
}

type Search struct {
	IDs    []int     `query:"ids"`
	Colors []string  `query:"colors,explode" enum:"red,blue"`
	Since  time.Time `query:"since"`
	Old    bool      `query:"old"`
	Least  int       `query:"least"`
	Trace  string    `header:"X-Trace"`
	Seen   string    `cookie:"seen"`
}

type Echo struct {
	Body struct {
		IDs    []int     `json:"ids"`
		Colors []string  `json:"colors"`
		Since  time.Time `json:"since"`
		Old    bool      `json:"old"`
		Least  int       `json:"least"`
		Trace  string    `json:"trace"`
		Seen   string    `json:"seen"`
	}
}

type Upload struct {
	RawBody huma.MultipartFormFiles[struct {
		Note string        `form:"note" required:"true"`
		File huma.FormFile `form:"file" contentType:"text/plain" required:"true"`
	}]
}

type Uploaded struct {
	Body struct {
		Name    string `json:"name"`
		Content string `json:"content"`
		Note    string `json:"note"`
	}
}

type Raw struct {
	RawBody []byte `contentType:"application/octet-stream"`
}

type RawAnswer struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

type Delta struct {
	Delta string `json:"delta"`
}

type Who struct {
	Token string `header:"Authorization"`
}

type WhoAnswer struct {
	Body struct {
		Token string `json:"token"`
	}
}

func tagged(tag string) func(*huma.Operation) {
	return func(operation *huma.Operation) { operation.Tags = []string{tag} }
}

func main() {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Trial", "1"))

	huma.Get(api, "/things", func(_ context.Context, in *PageQuery) (*Page, error) {
		out := &Page{}
		out.Body.Total = 25
		out.Body.Items = []int{}
		for at := in.Offset; at < 25 && at < in.Offset+in.Limit; at++ {
			out.Body.Items = append(out.Body.Items, at)
		}
		return out, nil
	}, tagged("things"))
	huma.Post(api, "/things", func(_ context.Context, in *ThingMessage) (*ThingMessage, error) {
		return in, nil
	}, tagged("things"))
	huma.Delete(api, "/things/{id}", func(_ context.Context, in *struct {
		ID int `path:"id"`
	}) (*struct{}, error) {
		if in.ID != 7 {
			return nil, huma.Error400BadRequest("unexpected id")
		}
		return nil, nil
	}, tagged("things"))
	huma.Get(api, "/search", func(_ context.Context, in *Search) (*Echo, error) {
		out := &Echo{}
		out.Body.IDs, out.Body.Colors, out.Body.Since = in.IDs, in.Colors, in.Since
		out.Body.Old, out.Body.Least = in.Old, in.Least
		out.Body.Trace, out.Body.Seen = in.Trace, in.Seen
		return out, nil
	}, tagged("things"))
	huma.Post(api, "/files", func(_ context.Context, in *Upload) (*Uploaded, error) {
		form := in.RawBody.Data()
		content, err := io.ReadAll(form.File)
		out := &Uploaded{}
		out.Body.Name, out.Body.Content, out.Body.Note = form.File.Filename, string(content), form.Note
		return out, err
	}, tagged("files"))
	huma.Put(api, "/files", func(_ context.Context, in *Raw) (*RawAnswer, error) {
		return &RawAnswer{ContentType: "application/octet-stream", Body: in.RawBody}, nil
	}, tagged("files"))
	sse.Register(api, huma.Operation{
		OperationID: "list-events", Method: http.MethodGet, Path: "/feed", Tags: []string{"feed"},
	}, map[string]any{"message": Delta{}}, func(_ context.Context, _ *struct{}, send sse.Sender) {
		for _, each := range "yes" {
			_ = send.Data(Delta{Delta: string(each)})
		}
	})
	huma.Get(api, "/secrets", func(_ context.Context, in *Who) (*WhoAnswer, error) {
		out := &WhoAnswer{}
		out.Body.Token = in.Token
		return out, nil
	}, tagged("secrets"))

	if err := http.ListenAndServe("127.0.0.1:"+os.Args[1], mux); err != nil {
		panic(err)
	}
}
