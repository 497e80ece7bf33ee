using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Service;

/// <summary>Long answers, page by page: <c>maxResults</c> (1 to 1,000; 100 when it is not given) and <c>nextToken</c>.</summary>
internal static class Pages
{
    /// <exception cref="ServiceException"><c>InvalidToken</c>: the token is none that was given out.</exception>
    internal static JsonObject Of(JsonObject request, string field, IReadOnlyList<JsonObject> all)
    {
        var most = ((JsonValue)request)["maxResults"] is JsonNumber { Value: > 0 } number ? (int)Math.Min(number.Value, 1_000) : 100;
        var from = 0;
        if (Names.Optional(request, "nextToken") is { } token && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out from) || from > all.Count))
            throw new ServiceException("InvalidToken", "Invalid Token: 'Invalid token'");
        var page = JsonObject.Create((field, JsonArray.Create(all.Skip(from).Take(most))));
        return from + most < all.Count ? page.With("nextToken", (from + most).ToString(CultureInfo.InvariantCulture)) : page;
    }
}
