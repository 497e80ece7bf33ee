namespace Orkestra.Hosting.Datasets;

/// <summary>A dataset cannot be read. The run sees it as <c>States.ItemReaderFailed</c> with this message as its cause.</summary>
internal sealed class DatasetException(string cause) : Exception(cause);
