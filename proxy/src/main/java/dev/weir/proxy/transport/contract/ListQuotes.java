package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.ListQuotesResponse;

/** {@code RideService.ListQuotes}. */
public final class ListQuotes implements Immediate<ListQuotesRequest, ListQuotesResponse> {

  private static final int USUAL_SIZE = 50;

  private final QuoteBook quotes;

  public ListQuotes(QuoteBook quotes) {
    this.quotes = quotes;
  }

  @Override
  public Resource resource() {
    return Resource.LIST_QUOTES;
  }

  @Override
  public ListQuotesRequest prototype() {
    return ListQuotesRequest.getDefaultInstance();
  }

  @Override
  public ListQuotesResponse answer(String tenant, ListQuotesRequest request) throws MalformedQuery {
    int size = request.getPageSize() == 0 ? USUAL_SIZE : request.getPageSize();
    QuoteBook.Page page = quotes.page(tenant, size, request.getPageToken());
    if (page == null) {
      throw Statuses.invalidPageToken("page_token");
    }
    ListQuotesResponse.Builder response = ListQuotesResponse.newBuilder();
    page.quotes().forEach(quote -> response.addQuotes(QuoteRide.message(quote)));
    return response.setNextPageToken(page.nextToken()).build();
  }
}
