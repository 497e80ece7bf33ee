using System.IO.Compression;
using Orkestra.Dashboard.Assets;
using Shouldly;
using Xunit;

namespace Orkestra.Dashboard.Tests;

public sealed class AssetTests
{
    [Theory]
    [InlineData(".js", 60)]
    [InlineData(".css", 30)]
    public void Scripts_and_styles_stay_within_their_budget(string extension, int kilobytes)
    {
        var assets = AssetCatalog.All.Where(asset => asset.Name.EndsWith(extension, StringComparison.Ordinal)).ToList();
        assets.ShouldNotBeEmpty();
        assets.Sum(asset => Compressed(asset.Content)).ShouldBeLessThan(kilobytes * 1024);
    }

    [Fact]
    public async Task Assets_are_kept_by_browsers_and_only_their_own_hash_names_them()
    {
        await using var app = await DashboardApp.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(app.Page(AssetCatalog.PathOf("app.js")));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await client.GetAsync(app.Page("assets/0000000000000000/app.js"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    static long Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var compression = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true)) compression.Write(content);
        return target.Length;
    }
}
