using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Datasets;
using Orkestra.Hosting.Objects;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Datasets;

/// <summary>Whatever an object store throws is the failure of the Map that needed it, and never an execution that waits for ever.</summary>
public sealed class StoreFailureTests
{
    static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. Exceptions.Keys];

    static readonly Dictionary<string, Func<Exception>> Exceptions = new()
    {
        ["http"] = () => new HttpRequestException("no route"),
        ["access"] = () => new UnauthorizedAccessException("no route"),
        ["cancelled"] = () => new TaskCanceledException("no route"),
        ["state"] = () => new InvalidOperationException("no route"),
        ["argument"] = () => new ArgumentException("no route"),
        ["io"] = () => new IOException("no route"),
        ["format"] = () => new FormatException("no route"),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failing_store_is_the_cause_of_the_reader(string kind)
    {
        var name = Exceptions[kind]().GetType().Name;
        foreach (var place in (string[])["open", "openLater", "read", "list", "listLater"])
        {
            var store = new FailingStore(place, Exceptions[kind]);
            var isListing = place.StartsWith("list", StringComparison.Ordinal);
            var problem = await Should.ThrowAsync<DatasetException>(() => Read(store, isListing));
            problem.Message.ShouldBe(isListing ? $"Unable to list the bucket 'b': {name}: no route" : $"Unable to read the object 'k' of the bucket 'b': {name}: no route", place);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failing_store_is_the_cause_of_the_writer(string kind)
    {
        var name = Exceptions[kind]().GetType().Name;
        foreach (var place in (string[])["write", "writeLater"])
        {
            var problem = await Should.ThrowAsync<DatasetException>(() => Write(new FailingStore(place, Exceptions[kind]), Cancellation));
            problem.Message.ShouldBe($"Unable to write the object 'p/id/manifest.json' of the bucket 'b': {name}: no route");
        }
    }

    [Fact]
    public async Task Only_the_callers_own_cancellation_passes()
    {
        using var source = new CancellationTokenSource();
        foreach (var place in (string[])["open", "openLater", "read", "list", "listLater", "write", "writeLater"])
        {
            var store = new FailingStore(place, () => new OperationCanceledException());
            await Should.ThrowAsync<DatasetException>(() => Call(place, CancellationToken.None));
            await Should.ThrowAsync<OperationCanceledException>(() => Call(place, new CancellationToken(canceled: true)));

            Task Call(string at, CancellationToken cancellation) => at.StartsWith("write", StringComparison.Ordinal)
                ? Write(store, cancellation) : Read(store, at.StartsWith("list", StringComparison.Ordinal), cancellation);
        }
    }

    [Fact]
    public async Task A_message_that_cannot_be_told_hides_nothing()
    {
        var problem = await Should.ThrowAsync<DatasetException>(() => Read(new FailingStore("open", () => new Mute()), false));
        problem.Message.ShouldBe("Unable to read the object 'k' of the bucket 'b': Mute: (the exception's message cannot be read)");
        problem = await Should.ThrowAsync<DatasetException>(() => Read(new FailingStore("open", () => new IOException(new string('x', 5_000_000))), false));
        problem.Message.Length.ShouldBeLessThan(1_100);
    }

    [Fact]
    public async Task A_refusal_of_a_store_is_the_cause_itself()
    {
        (await Should.ThrowAsync<DatasetException>(() => Read(new MemoryObjectStore(), true))).Message.ShouldBe("The specified bucket does not exist: 'b'.");
        var root = Directory.CreateTempSubdirectory("orkestra").FullName;
        try
        {
            var parameters = JsonObject.Create(("Bucket", "b"), ("Key", "../secret"));
            var problem = await Should.ThrowAsync<DatasetException>(async () =>
                await DatasetReader.ReadAsync(new FolderObjectStore(root), DatasetOptions.Default, GetObject, parameters, null, 0, Cancellation));
            problem.Message.ShouldStartWith("'../secret' cannot be the key of a file in the bucket 'b'");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("open", "States.ItemReaderFailed")]
    [InlineData("read", "States.ItemReaderFailed")]
    [InlineData("write", "States.ResultWriterFailed")]
    [InlineData("writeLater", "States.ResultWriterFailed")]
    public async Task A_map_over_a_failing_store_fails_and_can_catch_it(string place, string error)
    {
        foreach (var kind in Exceptions.Values)
        {
            var runner = new OrkestraRuntime(new FunctionInvoker(), new OrkestraOptions { Objects = new FailingStore(place, kind) });
            var result = await runner.RunAsync(ReadsAndWrites, JsonObject.Empty, null, Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
            result.IsSuccess.ShouldBeTrue(result.Cause);
            result.Output!["Error"].ShouldBe((JsonValue)error);
            ((JsonString)result.Output["Cause"]!).Value.ShouldContain("of the bucket 'b': " + kind().GetType().Name);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_execution_that_stops_cancels_reading_and_writing(bool whileReading)
    {
        using var stop = new CancellationTokenSource();
        var store = new HangingStore(whileReading);
        var run = new OrkestraRuntime(new FunctionInvoker(), new OrkestraOptions { Objects = store }).RunAsync(ReadsAndWrites, JsonObject.Empty, null, stop.Token).AsTask();

        await store.Began.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        store.Cancelled.Task.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();

        await store.Cancelled.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        (await run.WaitAsync(TimeSpan.FromMinutes(2), Cancellation)).Status.ShouldBe(ExecutionStatus.Aborted);
    }

    static readonly ExecutionPlan ReadsAndWrites = ExecutionPlan.Compile(AslReader.Parse(
        """
        {
            "StartAt": "Map",
            "States": {
                "Map": {
                    "Type": "Map",
                    "ItemReader": { "Resource": "arn:aws:states:::s3:getObject", "Parameters": { "Bucket": "b", "Key": "k" } },
                    "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } },
                    "ResultWriter": { "Resource": "arn:aws:states:::s3:putObject", "Parameters": { "Bucket": "b", "Prefix": "p" } },
                    "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Caught" }],
                    "End": true
                },
                "Caught": { "Type": "Pass", "End": true }
            }
        }
        """));

    const string GetObject = "arn:aws:states:::s3:getObject";

    static async Task Read(IObjectStore store, bool lists, CancellationToken? cancellation = null) => await DatasetReader.ReadAsync(
        store, DatasetOptions.Default, lists ? "arn:aws:states:::s3:listObjectsV2" : GetObject, JsonObject.Create(("Bucket", "b"), ("Key", "k")), null, 0, cancellation ?? Cancellation);

    static async Task Write(IObjectStore store, CancellationToken cancellation) => await ResultFiles.WriteAsync(
        store, new ResultWriter { Resource = "arn:aws:states:::s3:putObject" }, JsonObject.Create(("Bucket", "b"), ("Prefix", "p")), "arn:run", "id", [], cancellation);

    sealed class Mute : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }

    sealed class HangingStore(bool whileReading) : IObjectStore
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken)
        {
            if (whileReading) await HangAsync(cancellationToken);
            return new MemoryStream("[1]"u8.ToArray());
        }

        public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => await HangAsync(cancellationToken);

        async Task HangAsync(CancellationToken cancellationToken)
        {
            using var _ = cancellationToken.Register(() => Cancelled.TrySetResult());
            Began.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    sealed class FailingStore(string place, Func<Exception> problem) : IObjectStore
    {
        public async ValueTask<Stream?> OpenLater()
        {
            await Task.Yield();
            throw problem();
        }

        public ValueTask<Stream?> OpenAsync(string bucket, string key, string? versionId, CancellationToken cancellationToken) => place switch
        {
            "open" => throw problem(),
            "openLater" => OpenLater(),
            "read" => new(new Broken(problem)),
            _ => new(new MemoryStream("[1]"u8.ToArray())),
        };

        public IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, CancellationToken cancellationToken) => place == "list" ? throw problem() : ListLater();

        async IAsyncEnumerable<StoredObject> ListLater()
        {
            yield return new StoredObject("k", 1, DateTimeOffset.UnixEpoch, "\"e\"");
            await Task.Yield();
            throw problem();
        }

        public async ValueTask WriteAsync(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            if (place == "writeLater") await Task.Yield();
            throw problem();
        }

        sealed class Broken(Func<Exception> problem) : MemoryStream("[1,"u8.ToArray())
        {
            public override bool CanSeek => false;

            int reads;

            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
                reads++ == 0 ? base.ReadAsync(buffer, cancellationToken) : throw problem();
        }
    }
}
