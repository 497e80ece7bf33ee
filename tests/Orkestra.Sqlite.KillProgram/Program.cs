using Orkestra.Sqlite.KillProgram;

// A program that is killed: FOLDER ROUND. It goes on with what the programs before it left, and starts more.
await using var load = new Load(args[0]);
await load.ResumeAsync();
await load.RunAsync(args[1]);
