using System.Text;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Objects;

public sealed class ObjectStoreTests : IDisposable
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    readonly string root = Directory.CreateTempSubdirectory("orkestra").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_gives_what_was_written(bool isFolder)
    {
        var store = Store(isFolder);
        await store.WriteAsync("data", "a/b.json", "[1]"u8.ToArray(), Cancellation);
        await store.WriteAsync("data", "a/b.json", "[2]"u8.ToArray(), Cancellation);
        Encoding.UTF8.GetString((await store.ReadAsync("data", "a/b.json", Cancellation))!.Value.Span).ShouldBe("[2]");
        (await store.OpenAsync("data", "a/b", null, Cancellation)).ShouldBeNull();
        (await store.OpenAsync("data", "a", null, Cancellation)).ShouldBeNull();
        (await store.OpenAsync("none", "a", null, Cancellation)).ShouldBeNull();
        var listed = (await Keys(store, "data", "a/")).ShouldHaveSingleItem();
        (listed.Key, listed.Size, listed.ETag).ShouldBe(("a/b.json", 3L, "\"beb4dbf9af069aa2df7b147229965085\""));
        await Should.ThrowAsync<ObjectStoreException>(() => Keys(store, "none", ""));
        (await Should.ThrowAsync<ObjectStoreException>(async () => await store.OpenAsync("data", "a/b.json", "v1", Cancellation))).Message.ShouldContain("keeps no versions");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_listing_is_in_the_order_of_utf_8(bool isFolder)
    {
        var store = Store(isFolder);
        // U+1F600 comes after U+FFFD in UTF-8, and before it in UTF-16.
        string[] keys = ["B", "a-b", "a.b", "a/b", "a0", "é", "\uFFFD", "\U0001F600", "\U0001F600a"];
        foreach (var key in keys.Reverse()) await store.WriteAsync("data", key, "x"u8.ToArray(), Cancellation);
        (await Keys(store, "data", "")).Select(entry => entry.Key).ShouldBe(keys);
    }

    [Theory]
    [InlineData("data", "../x")]
    [InlineData("data", "../../x")]
    [InlineData("data", "a/../../x")]
    [InlineData("data", "a/../b")]
    [InlineData("data", "./b")]
    [InlineData("data", "a//b")]
    [InlineData("data", "/etc/passwd")]
    [InlineData("data", "a/")]
    [InlineData("data", "")]
    [InlineData("data", "a\0b")]
    [InlineData("..", "x")]
    [InlineData(".", "x")]
    [InlineData("", "x")]
    [InlineData("a/b", "x")]
    [InlineData("/etc", "passwd")]
    [InlineData(".unfinished", "x")]
    public async Task A_folder_is_never_left(string bucket, string key)
    {
        var store = new FolderObjectStore(Path.Combine(root, "store"));
        await Should.ThrowAsync<ObjectStoreException>(async () => await store.OpenAsync(bucket, key, null, Cancellation));
        await Should.ThrowAsync<ObjectStoreException>(async () => await store.WriteAsync(bucket, key, "x"u8.ToArray(), Cancellation));
        Directory.Exists(Path.Combine(root, "store")).ShouldBeFalse();
        if (bucket != "data") await Should.ThrowAsync<ObjectStoreException>(() => Keys(store, bucket, ""));
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a right there.");
        var outside = Directory.CreateDirectory(Path.Combine(root, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret"), "s", Cancellation);
        var store = new FolderObjectStore(Path.Combine(root, "store"));
        await store.WriteAsync("data", "mine", "m"u8.ToArray(), Cancellation);
        var bucket = Path.Combine(root, "store", "data");
        Directory.CreateSymbolicLink(Path.Combine(bucket, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(bucket, "file"), Path.Combine(outside, "secret"));
        Directory.CreateSymbolicLink(Path.Combine(bucket, "loop"), bucket);
        Directory.CreateSymbolicLink(Path.Combine(root, "store", "linked"), outside);
        foreach (var (name, key) in new[] { ("data", "folder/secret"), ("data", "file"), ("data", "loop/mine"), ("linked", "secret") })
        {
            await Should.ThrowAsync<ObjectStoreException>(async () => await store.OpenAsync(name, key, null, Cancellation), key);
            await Should.ThrowAsync<ObjectStoreException>(async () => await store.WriteAsync(name, key, "x"u8.ToArray(), Cancellation), key);
        }

        (await File.ReadAllTextAsync(Path.Combine(outside, "secret"), Cancellation)).ShouldBe("s");
        (await Keys(store, "data", "")).ShouldHaveSingleItem().Key.ShouldBe("mine");
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_the_old_content()
    {
        var store = new FolderObjectStore(root);
        await store.WriteAsync("data", "k", "old"u8.ToArray(), Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(async () => await store.WriteAsync("data", "k", new byte[1_000_000], new CancellationToken(canceled: true)));
        Encoding.UTF8.GetString((await store.ReadAsync("data", "k", Cancellation))!.Value.Span).ShouldBe("old");
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    IObjectStore Store(bool isFolder) => isFolder ? new FolderObjectStore(root) : new MemoryObjectStore();

    static async Task<List<StoredObject>> Keys(IObjectStore store, string bucket, string prefix)
    {
        var found = new List<StoredObject>();
        await foreach (var entry in store.ListAsync(bucket, prefix, Cancellation)) found.Add(entry);
        return found;
    }
}
